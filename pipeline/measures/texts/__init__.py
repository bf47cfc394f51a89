"""How texts are written: language, craft and tone."""
