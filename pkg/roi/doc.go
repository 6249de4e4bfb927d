// Package roi says what a flow would bring if it were integrated: its cash flow
// month by month, payback, present value, rates of return, the hours at which
// it breaks even, and the order in which flows are worth doing.
//
// Amounts are in one currency, without VAT, at constant prices. Rates are
// shares (0.1 is 10 %) for one period of the cash flow they are used on.
// A cash flow is a slice with one amount a period: cash[0] is now and is not
// discounted, cash[k] comes at the end of period k.
//
// No function here returns NaN or an infinity, whatever it is given. A figure
// that does not exist comes with ok == false, or as an empty list of rates; an
// amount too large for a float64 is the largest that there is. The arithmetic
// rounds alike on every processor: products are rounded before they are added,
// and roots are found by bisection rather than with exp and log, whose last
// digit differs between processors.
package roi
