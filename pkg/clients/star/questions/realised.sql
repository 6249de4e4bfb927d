-- What was promised and what came true, over the months that were measured.
SELECT
  c.currency,
  COUNT(DISTINCT a.client) AS clients,
  COUNT(DISTINCT a.client || '/' || a.flow) AS flows,
  COUNT(a.month) AS months,
  SUM(a.saved_hours_planned) AS saved_hours_planned,
  SUM(a.saved_hours) AS saved_hours,
  SUM(a.benefit_planned) AS benefit_planned,
  SUM(a.benefit) AS benefit,
  SUM(a.platform_planned) AS platform_planned,
  SUM(a.platform) AS platform,
  SUM(a.build_planned) AS build_planned,
  SUM(a.build) AS build,
  SUM(a.benefit_planned - a.platform_planned - a.upkeep_planned - a.build_planned) AS net_planned,
  SUM(a.benefit - a.platform - a.upkeep - a.build) AS net
FROM actuals a
JOIN clients c ON c.client = a.client
GROUP BY c.currency
ORDER BY c.currency
