"""Acts on the desk: asked for with a first press, shown with what follows, done with a second."""
