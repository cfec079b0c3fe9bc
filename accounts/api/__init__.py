"""The HTTP API of people and units: what a sign-up form of an app has to offer."""
