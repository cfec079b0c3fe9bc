"""System checks of what production must not go without."""
