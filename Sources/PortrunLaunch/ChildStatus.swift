import PortrunBase

/// The state of a child as waitpid(2) reports it.
enum ChildStatus: Equatable {
    case ended(Ending)
    case stopped(Int32)
    case continued

    /// Takes the status word apart, whose macros Swift cannot see; Linux and Darwin agree but for «continued».
    init(_ status: Int32) {
        let low = status & 0x7f
        let high = status >> 8 & 0xff
        switch low {
        case 0: self = .ended(.exited(high))
        case 0x7f where Self.isContinued(status): self = .continued
        case 0x7f: self = .stopped(high)
        case _: self = .ended(.signalled(low))
        }
    }
}
