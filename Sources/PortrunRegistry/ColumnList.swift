import PortrunBase

extension String {
    /// The columns of a list, each with its table's name before it.
    func qualified(by table: String) -> String {
        split(separator: ",").map { table + "." + $0.drop { $0 == " " } }.joined(separator: ", ")
    }
}
