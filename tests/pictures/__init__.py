"""Pictures of conversations, drawn from what a channel really sent."""
