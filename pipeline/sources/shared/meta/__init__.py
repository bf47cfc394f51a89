"""What exports of Facebook, Instagram and Threads share: encoding of texts, paths, lists of records, conversations."""
