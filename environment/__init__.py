"""Set up and run everything this project needs, from one command.

Standard library only: this package runs before anything is installed.
`python3 -m environment --help` lists the commands.
"""
