import { render } from 'preact';
import type { OperationForms } from '../shared/operation.js';
import { App } from './app.js';
import { connect } from './live/socket.js';
import { getJson } from './request.js';
import { announcement, forms } from './state.js';

const place = document.getElementById('app');
if (place !== null) render(<App />, place);

connect();
getJson<OperationForms>('/api/operations')
  .then((loaded) => (forms.value = loaded))
  .catch((error: unknown) => (announcement.value = String(error)));
