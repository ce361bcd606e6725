"""The bytes that Sagwan publishes and anyone can check: opening lines, reports, receipts, paths. Pure."""
