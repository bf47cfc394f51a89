"""LinkedIn: the basic and the complete data export."""
