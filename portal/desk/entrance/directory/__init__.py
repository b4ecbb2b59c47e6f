"""Signing in with the region's own directory: OpenID Connect, its code flow with PKCE."""
