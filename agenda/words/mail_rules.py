"""email-validator as this product uses it: the one place that imports it.

RFC 2606 reserves .example for documentation: nothing sent there can arrive anywhere. That is
why every bundled file uses it, so here it is an address like any other.
"""

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

__all__ = ["EmailNotValidError", "validate_email"]

if "example" in SPECIAL_USE_DOMAIN_NAMES:
    SPECIAL_USE_DOMAIN_NAMES.remove("example")
