"""What ends a command: one of the codes that the agent's documentation lists, and words."""


class Failure(Exception):
    def __init__(self, code, words):
        super().__init__(words)
        self.code = code
