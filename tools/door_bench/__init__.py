"""What each door for programs costs, beside the page for people that tells the same."""
