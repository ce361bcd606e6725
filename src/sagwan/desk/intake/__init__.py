"""What comes in, read before anyone decides: files of requests, mail, PDFs, lists of targets.

Reads and finds; writes nothing but through `casework`. Whatever it is handed may be hostile: sizes, depths,
time and memory are bounded, and what cannot be read ends with a reason from a closed list, never a crash.
"""
