"""Who works here, who asks, and whether they are who they say they are."""
