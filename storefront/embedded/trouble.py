"""What can keep a server from starting, told in one sentence with the way on."""


class Trouble(Exception):
    """The shop cannot start; the message is for the operator and says what to do."""
