"""The portal under its production settings, with the yardstick of a save beside it."""
