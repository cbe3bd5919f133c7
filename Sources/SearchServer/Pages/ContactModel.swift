internal import Indexer
internal import PolicyParser

/// A contact as pages show it.
enum ContactModel {
  static func row(_ contact: Contact, today: CalendarDay) -> [String: Any] {
    var values: [String: Any] = ["department": contact.region + contact.department]
    if !contact.matter.isEmpty { values["matter"] = contact.matter }
    if !contact.phone.isEmpty { values["phone"] = contact.phone }
    if !contact.address.isEmpty { values["address"] = contact.address }
    if !contact.hours.isEmpty { values["hours"] = contact.hours }
    if let until = contact.goodUntil {
      values["note"] =
        contact.isGood(on: today) ? "核对有效至\(until.inChinese)" : "\(until.inChinese)后未再核对，请先核实"
    }
    return values
  }
}
