"""The page shell: HTML, style, script, and what makes them safe for other people's words."""
