"""`python -m sagwan` is `sagwan`."""

from sagwan.cli.main import main

if __name__ == "__main__":
    main()
