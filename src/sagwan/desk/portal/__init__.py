"""The portal: an official's own requests. It shows the answer, not the work on it."""
