// The box or circle before a row that can be chosen; the row itself is what is operated.
import CheckBoxIcon from '@mui/icons-material/CheckBox';
import CheckBoxBlankIcon from '@mui/icons-material/CheckBoxOutlineBlank';
import RadioCheckedIcon from '@mui/icons-material/RadioButtonChecked';
import RadioBlankIcon from '@mui/icons-material/RadioButtonUnchecked';

/** Decoration only. */
export function ChoiceMark({ several = false, checked }: { several?: boolean; checked: boolean }) {
  const colour = checked ? 'primary' : 'action';
  if (several) return checked ? <CheckBoxIcon color={colour} /> : <CheckBoxBlankIcon color={colour} />;
  return checked ? <RadioCheckedIcon color={colour} /> : <RadioBlankIcon color={colour} />;
}
