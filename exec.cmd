@rem npm scripts here begin with exec, so that a signal to npm reaches Node and not a shell between; cmd.exe has no exec.
@%*
