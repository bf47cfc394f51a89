"""What Facebook, Instagram and Threads exports share: text repair, lists, conversations."""
