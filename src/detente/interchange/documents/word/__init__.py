"""Word files (ISO/IEC 29500, transitional and strict): read with the changes tracked in them, and written with them."""
