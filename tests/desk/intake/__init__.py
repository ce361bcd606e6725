"""What comes in: files, mail, PDFs."""
