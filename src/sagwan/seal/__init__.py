"""The sealer: takes commitments to the log in batches, and hands out receipts. Behind ports; no framework."""
