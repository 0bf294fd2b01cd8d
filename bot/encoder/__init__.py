"""The encoder that reads whole sentences, where the optional libraries that run it are installed (extra ``sens``)."""
