"""Letters: what a provider writes about a request, from the record alone, as PDF, in Korean and English."""
