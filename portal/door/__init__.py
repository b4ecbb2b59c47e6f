"""What every door shares: who comes, what is posted and refused, how a page is made."""
