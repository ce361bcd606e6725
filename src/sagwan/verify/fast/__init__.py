"""The quick way of the extra `sagwan[fast]`: OpenSSL's SHA-256 in threads, without the interpreter's lock.

It accepts what is beyond doubt and finds no words: whatever is doubtful is read again by the exact code.
"""
