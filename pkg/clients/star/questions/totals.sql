-- What the clients of each currency come to. Money of two currencies is never added.
SELECT
  currency,
  COUNT(*) AS clients,
  SUM(flows_by_hand) AS flows,
  SUM(flows_not_stated) AS not_stated,
  SUM(hours_per_week) AS hours_per_week,
  SUM(hours_per_year) AS hours_per_year,
  SUM(labour_per_year) AS labour_per_year,
  SUM(error_cost_per_year) AS error_cost_per_year,
  SUM(benefit_per_year) AS benefit_per_year
FROM clients
GROUP BY currency
ORDER BY currency
