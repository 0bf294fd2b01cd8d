"""What we know, in the forms of others: data·inclusion, CSV, JSON; each with its licences and what was lost."""
