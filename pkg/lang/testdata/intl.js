// Writes the table that number_test.go holds pkg/lang to, with the Intl of
// Node.js 20 (ICU and CLDR of that release): node intl.js > intl.tsv
// useGrouping always, narrow symbols for EUR, USD and GBP, codes for the others.
const values = [0, 1, 0.5, 1.005, 2.675, 0.125, 2.5, -2.5, 12.345, 999.995, 1234, 1234.5, -1234.5, 12345.678, -0.5, 1e6, 24153.5, 123456789.987, 1e21, 9007199254740993]
const shares = [0, 0.005, 0.285, 0.57, 0.85, 1, 1.15, -0.125, 12.3456]
const dates = ["2026-11-20", "2027-01-01", "2028-02-29", "1999-12-31"]
const line = (...cells) => console.log(cells.join("\t"))
for (const language of ["en", "es"]) {
  for (const decimals of [0, 1, 2]) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: "always" }
    for (const x of values) line("number", language, x, decimals, "", new Intl.NumberFormat(language, digits).format(x))
    for (const x of shares) line("percent", language, x, decimals, "", new Intl.NumberFormat(language, { ...digits, style: "percent" }).format(x))
    for (const currency of ["EUR", "USD", "GBP", "CHF", "PLN"]) {
      const currencyDisplay = ["EUR", "USD", "GBP"].includes(currency) ? "narrowSymbol" : "code"
      for (const x of values) line("money", language, x, decimals, currency, new Intl.NumberFormat(language, { ...digits, style: "currency", currency, currencyDisplay }).format(x))
    }
  }
  for (const date of dates) line("date", language, date, 0, "", new Intl.DateTimeFormat(language === "en" ? "en-GB" : "es", { dateStyle: "long", timeZone: "UTC" }).format(new Date(date)))
  for (const list of [["a"], ["a", "b"], ["a", "b", "c"], ["Ana", "Isabel"], ["padres", "hijos"], ["agua", "hielo"], ["Ana", "Yolanda"]])
    line("list", language, list.join(","), 0, "", new Intl.ListFormat(language === "en" ? "en-GB" : "es").format(list))
  for (const count of ["0", "1", "2", "999999", "1000000", "2000000"]) line("plural", language, count, 0, "", new Intl.PluralRules(language).select(Number(count)))
}
