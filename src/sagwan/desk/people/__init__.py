"""Who works here. Officials and their authorities follow with the portal."""
