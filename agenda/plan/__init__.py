"""Plan files: their model, reading them with every fault named, moving them to another year."""
