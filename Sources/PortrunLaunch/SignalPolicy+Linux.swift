import PortrunBase

#if os(Linux)
    extension SignalPolicy {
        /// The signals that the terminal driver sends to the foreground group on a key or a change of size.
        static let terminalKeys = [SIGINT, SIGQUIT, SIGTSTP, SIGWINCH]
    }
#endif
