"""What the check of one kind of exercise is made of."""
