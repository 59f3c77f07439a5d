import PortrunBase

extension Environment {
    package static var ofTests: Environment { Surroundings.current().environment }
}
