"""What several writers of the demo share: files with reproducible bytes, subscriber lists, blogs, the layouts of Meta."""
