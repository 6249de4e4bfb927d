package roi_test

import (
	"fmt"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// An integration costs 4,800 and then saves 1,000 a month.
func ExamplePayback() {
	months, ok := roi.Payback([]float64{-4800, 1000, 1000, 1000, 1000, 1000})
	fmt.Println(months, ok)

	_, ok = roi.Payback([]float64{-4800, -10, -10})
	fmt.Println(ok)
	// Output:
	// 4.8 true
	// false
}

// 12 % a year is a little less than 1 % a month.
func ExampleNPV() {
	rate := roi.MonthlyRate(0.12)
	cash := []float64{-4800}
	for range 12 {
		cash = append(cash, 500)
	}
	fmt.Printf("%.3f%% a month, worth %.2f today\n", 100*rate, roi.NPV(rate, cash))
	// Output: 0.949% a month, worth 845.76 today
}

// A mine pays well for years and is then dear to close: two rates, and neither
// of them alone tells the story.
func ExampleIRR() {
	for _, rate := range roi.IRR([]float64{-2.3, 9.2, -7.3}) {
		fmt.Printf("%.2f%%\n", 100*rate)
	}
	fmt.Println(roi.IRR([]float64{1000, -3000, 2500}))
	// Output:
	// 9.11%
	// 190.89%
	// []
}

func ExampleConcentrate() {
	hours := roi.Concentrate([]float64{2, 12, 1, 5})
	fmt.Println(hours.For80, hours.Order[:hours.For80], hours.Cumulative[:hours.For80])
	// Output: 2 [1 3] [0.6 0.85]
}

func ExampleInvestment_CashFlow() {
	i := roi.Investment{Build: 3000, Benefit: 12000, Fee: 40, Maintenance: 10, RampUp: 2}
	fmt.Println(i.CashFlow(4))
	// Output: [-3000 200 700 950 950]
}
