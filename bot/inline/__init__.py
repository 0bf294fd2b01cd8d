"""Cards offered in any chat while somebody types the bot's name: which ones, and what each says once shared."""
