"""Campaigns: news that the team writes, for families who said yes to them; approved by a second person, sent slowly."""
