"""Productions: what goes out, checked against what was approved, encrypted, fetched for a while, gone.

`declare` what a file is and whose; `scope` what was approved; `screening` reads a file against it;
`store` keeps files; `package` makes what the official gets; `actions` and `queries` are the doors.
"""
