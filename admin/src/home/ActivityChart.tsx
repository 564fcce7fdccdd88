// The curves of created and solved tickets; loaded apart, as drawing takes a library of its own.
import { useTheme } from '@mui/material/styles';
import { useLocaleState, useTranslate } from 'react-admin';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { dayLabel } from './time';
import type { Day } from './useOverview';

/** Two lines over the days; the numbers stand beside it in a table for those who do not see it. */
export default function ActivityChart({ days }: { days: Day[] }) {
  const t = useTranslate();
  const theme = useTheme();
  const [locale] = useLocaleState();
  const axis = { fontSize: 11, fill: theme.palette.text.secondary };
  const few = days.length <= 14;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={days} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke={theme.palette.divider} />
        <XAxis
          dataKey="date"
          tick={axis}
          tickLine={false}
          axisLine={{ stroke: theme.palette.divider }}
          tickFormatter={(day: string) => dayLabel(day, locale)}
          minTickGap={28}
        />
        <YAxis tick={axis} tickLine={false} axisLine={false} allowDecimals={false} width={32} />
        <Tooltip
          isAnimationActive={false}
          labelFormatter={day => dayLabel(String(day), locale, true)}
          contentStyle={{
            background: theme.palette.background.paper,
            border: `1px solid ${theme.palette.divider}`,
            borderRadius: 6,
            fontSize: 12,
          }}
          labelStyle={{ color: theme.palette.text.secondary }}
          cursor={{ stroke: theme.palette.divider }}
        />
        <Line
          dataKey="created"
          name={t('stoa.home.activity.created')}
          stroke={theme.palette.primary.main}
          strokeWidth={2}
          dot={few && { r: 3 }}
          isAnimationActive={false}
        />
        <Line
          dataKey="solved"
          name={t('stoa.home.activity.solved')}
          stroke={theme.palette.success.main}
          strokeWidth={2}
          strokeDasharray="5 3"
          dot={few && { r: 3, strokeDasharray: '' }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
