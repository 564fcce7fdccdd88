// A wording of a mail: its texts with what they make, and the versions that were published.
import { useMay } from '../api/permissions';
import { DeleteAction } from '../structure/DeleteAction';
import { RecordForm } from '../structure/RecordForm';
import { EditPage } from '../structure/RecordPages';
import type { EmailTemplate } from '../types';
import { Editor } from './Editor';
import { useCalled } from './TemplateName';
import { Versions } from './Versions';

/** Page of a template. */
export default function TemplateEdit() {
  const mayEdit = useMay('email_templates', 'edit');
  const mayDelete = useMay('email_templates', 'delete');
  const called = useCalled();
  return (
    <EditPage<EmailTemplate>
      redirect={false}
      readers
      wide
      render={template => (
        <RecordForm
          action="edit"
          locked={!mayEdit}
          danger={mayDelete && <DeleteAction name={called(template)} />}
        >
          <Editor template={template} />
        </RecordForm>
      )}
      aside={template => <Versions template={template} />}
    />
  );
}
