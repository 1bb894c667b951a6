import ConfigShow from './config/show.js'
import Demo from './demo.js'
import Doctor from './doctor.js'
import ExceptionsExport from './exceptions/export.js'
import ExceptionsList from './exceptions/list.js'
import ExceptionsShow from './exceptions/show.js'
import Explain from './explain.js'
import FilesList from './files/list.js'
import FilesShow from './files/show.js'
import Init from './init.js'
import Run from './run.js'
import RunsList from './runs/list.js'
import RunsShow from './runs/show.js'
import Status from './status.js'
import Validate from './validate.js'

/** The command map: ids to classes. Classes are light; what they need is imported when they run. */
export const COMMANDS = {
  'config:show': ConfigShow,
  demo: Demo,
  doctor: Doctor,
  'exceptions:export': ExceptionsExport,
  'exceptions:list': ExceptionsList,
  'exceptions:show': ExceptionsShow,
  explain: Explain,
  'files:list': FilesList,
  'files:show': FilesShow,
  init: Init,
  run: Run,
  'runs:list': RunsList,
  'runs:show': RunsShow,
  status: Status,
  validate: Validate,
}
