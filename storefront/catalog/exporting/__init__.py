"""Write the whole catalog as a file that the import takes again."""
