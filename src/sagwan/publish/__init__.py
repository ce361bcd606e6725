"""A half-year's folder: report, openings, log, pages. Static files; the public never touches the desk."""
