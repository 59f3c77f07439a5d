import PortrunBase

/// A list of sockets as a tool prints it, for a checkout in which ports have moved: by a number that is another one there
/// it has what listens at that.
package enum PortListing {
    /// The lines of `output` without those of listeners on the keys of `numbers`, and with those on its values under the
    /// keys.
    package static func told(_ output: String, _ numbers: [Port: Port]) -> String {
        var names: [Port: Port] = [:]
        for (declared, own) in numbers where names[own].map({ declared < $0 }) ?? true { names[own] = declared }
        var lines: [String] = []
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.contains("LISTEN"), let (place, port) = port(in: line) else {
                lines.append(String(line))
                continue
            }
            if let declared = names[port] {
                lines.append(line[..<place.lowerBound] + "\(declared)" + line[place.upperBound...])
            } else if numbers[port] == nil {
                lines.append(String(line))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The first number behind a colon that ends a word, where an IPv6 address has others.
    private static func port(in line: Substring) -> (Range<Substring.Index>, Port)? {
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            guard let colon = word.lastIndex(of: ":"), let port = Port(String(word[word.index(after: colon)...]))
            else { continue }
            return (word.index(after: colon)..<word.endIndex, port)
        }
        return nil
    }
}
