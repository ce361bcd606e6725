"""What is shown where: each view parses, calls one action or query, and renders."""
